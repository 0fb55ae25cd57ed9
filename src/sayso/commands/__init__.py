"""What each command does; a command is a function of (args, settings) that returns an exit code."""
