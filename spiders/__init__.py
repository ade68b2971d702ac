"""Scrapy spiders, one file for each way in which sources publish, and the catalogue they read."""
