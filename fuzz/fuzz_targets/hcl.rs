//! See `portcullis_fuzz::hcl`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::hcl::target(data));
