//! The orderings against tables, laws, naive comparers and real tools.

mod dpkg;
mod generate;
mod laws;
mod naive;
mod oracle;
mod respell;
mod tables;
mod units;
