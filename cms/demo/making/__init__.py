"""What made the demo's films and papers, once; what it made is kept beside it in `cms/demo/files`."""
