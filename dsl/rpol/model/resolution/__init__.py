"""From parsed statements to a typed policy: a module for each thing that has to be known on the way."""
