"""Benchmarks: ratios within one run, never seconds to be held against another machine."""
