"""Every screen in a made-up language: nothing unbracketed, nothing cut, nothing over something else."""
