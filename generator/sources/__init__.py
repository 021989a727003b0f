"""From an office's files to the values of the model, with every problem at its line and column."""
