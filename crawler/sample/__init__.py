"""The sample web: a small web of invented outlets, served on loopback, for the demo and the tests."""
