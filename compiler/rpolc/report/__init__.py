"""What leaves the compiler: decisions as sentences, problems as data, controls as understood, whole files."""
