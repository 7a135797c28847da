//! Against real data: the shared advisory sets, the OSV schema's examples, the CVSS lists, and second judges.

mod cvss;
mod examples;
mod load;
mod naive;
mod oracle;
mod sets;
