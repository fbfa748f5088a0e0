"""The customers' doors of a company."""
