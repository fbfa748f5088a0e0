"""What the accounts do when somebody signs in."""
