"""Between pages and services: intents in, plain data out."""
