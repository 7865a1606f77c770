"""What the drivers share: the workloads' sizes, figures as JSON lines, traces, and processes of their own."""
