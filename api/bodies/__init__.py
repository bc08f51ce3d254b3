"""What requests say: the bodies and addresses of routes, with their bounds."""
