//! Findings, waivers and completeness to a verdict; pure.
