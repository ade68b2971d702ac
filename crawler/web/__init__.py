"""Serves the site folder over HTTP: `app` puts it together. Publishes nothing and asks no other host for anything."""
