"""The verdicts on types against Kombu itself: hypothesis makes values, Kombu encodes and decodes them."""
