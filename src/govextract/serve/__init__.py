"""`govextract serve`: the review page and a JSON API over a folder of outputs. Needs the extra `[serve]`."""
