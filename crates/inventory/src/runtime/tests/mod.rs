//! Every fingerprint on bytes as the real programs have them, files that state a release, and the programs of this machine.

mod marks;
mod real;
mod releases;
