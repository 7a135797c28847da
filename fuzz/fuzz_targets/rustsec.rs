//! See `portcullis_fuzz::rustsec`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::rustsec::target(data));
