"""Scrapy downloader middlewares: what a request may ask for, and what it takes along. Each file is one."""
