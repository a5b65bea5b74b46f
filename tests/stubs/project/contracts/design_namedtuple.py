from collections import namedtuple

Parcel = namedtuple("Parcel", ["order_id", "weight"])  # row: `collections.namedtuple`
