"""Which queries run where: query sets, what their rows have loaded, loops over them."""
