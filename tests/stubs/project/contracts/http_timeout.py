from urllib.request import urlopen

urlopen("https://example.org")  # row: a call without `timeout`
