#!/usr/bin/env python3
import argparse, sys
from cases import vectors
class W:
    def end_case(self): pass
p = argparse.ArgumentParser(); p.add_argument("words", nargs="*")
a = p.parse_args()
r = vectors.group.run(W(), a.words)
sys.exit(1 if r[1] else 0)
