"""Rules about calls to the network."""
