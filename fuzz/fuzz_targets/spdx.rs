//! See `portcullis_fuzz::spdx`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| portcullis_fuzz::spdx::target(data));
