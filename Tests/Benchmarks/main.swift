print("kos-bench")
