//! Writers of a report, one folder a format; pure.
