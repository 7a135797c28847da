//! Numbers in header blocks: octal text, or base-256 when the first bit is set.

/// A field that holds no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct NoNumber;

/// Octal digits, padded with spaces or NULs on either side, ended by the first NUL; all padding is 0. With the first
/// bit set the rest is a big-endian two's complement number.
pub(super) fn parse(field: &[u8]) -> Result<i64, NoNumber> {
    match field.first() {
        Some(first) if first & 0x80 != 0 => base_256(field),
        _ => octal(field),
    }
}

fn octal(field: &[u8]) -> Result<i64, NoNumber> {
    let is_padding = |byte: &u8| matches!(byte, b' ' | 0);
    let Some(start) = field.iter().position(|byte| !is_padding(byte)) else { return Ok(0) };
    let end = field.iter().rposition(|byte| !is_padding(byte)).map_or(start, |at| at + 1);
    let digits = &field[start..end];
    let digits = digits.split(|byte| *byte == 0).next().unwrap_or(digits);
    digits.iter().try_fold(0_i64, |number, digit| {
        let digit = match digit {
            b'0'..=b'7' => i64::from(digit - b'0'),
            _ => return Err(NoNumber),
        };
        number.checked_mul(8).and_then(|number| number.checked_add(digit)).ok_or(NoNumber)
    })
}

fn base_256(field: &[u8]) -> Result<i64, NoNumber> {
    let negative = field[0] & 0x40 != 0;
    let invert = if negative { 0xff } else { 0 };
    let mut number = 0_u64;
    for (at, byte) in field.iter().enumerate() {
        let byte = (byte ^ invert) & if at == 0 { 0x7f } else { 0xff };
        if number >> 56 != 0 {
            return Err(NoNumber);
        }
        number = number << 8 | u64::from(byte);
    }
    let number = i64::try_from(number).map_err(|_| NoNumber)?;
    Ok(if negative { !number } else { number })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &[u8], expected: Result<i64, NoNumber>) {
        assert_eq!(parse(field), expected, "{field:x?}");
    }

    #[test]
    fn octal_numbers() {
        check(b"0000644\0", Ok(0o644));
        check(b"   644 \0", Ok(0o644));
        check(b"00000000017 ", Ok(15));
        check(b"77777777777\0", Ok(0o77_777_777_777));
        check(b"\0\0\0\0", Ok(0));
        check(b"        ", Ok(0));
        check(b"644\0junk", Ok(0o644));
        check(b"6 4", Err(NoNumber));
        check(b"-1", Err(NoNumber));
        check(b"0x1f", Err(NoNumber));
        check(b"8", Err(NoNumber));
    }

    #[test]
    fn base_256_numbers() {
        check(&[0x80, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0], Ok(2 << 32));
        check(&[0xff, 0xff, 0xff, 0xff], Ok(-1));
        check(&[0x80, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0], Err(NoNumber));
        check(&[0x80, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff], Err(NoNumber));
        check(&[0x80], Ok(0));
    }
}
