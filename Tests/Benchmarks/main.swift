print("kos-bench has no workloads yet; Tests/Benchmarks/peers runs those of the peers.")
