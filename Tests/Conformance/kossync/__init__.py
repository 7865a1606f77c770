"""A second implementation of the sync protocol, from the schemas and the pages under Protocol/ alone."""
