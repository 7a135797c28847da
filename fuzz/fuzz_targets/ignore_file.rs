//! See `portcullis_fuzz::ignore_file`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::ignore_file::target(data));
