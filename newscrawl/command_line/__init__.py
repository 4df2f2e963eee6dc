"""What all commands share: how options are checked, how errors are reported."""
