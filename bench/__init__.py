"""Sample deliveries of invented units (`bench.samples`), large feeds (`bench.large`), and the benchmark over them."""
