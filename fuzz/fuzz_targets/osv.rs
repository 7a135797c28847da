//! See `portcullis_fuzz::osv`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::osv::target(data));
