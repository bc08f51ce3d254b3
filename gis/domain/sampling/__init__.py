"""采样与检测: which sites and increments, the way to the laboratory, and its results."""
