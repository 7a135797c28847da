//! Numbers with fractions as OPA reckons with them: 64 bits and a sign, read of decimals, each step rounded to the nearest. The engine has
//! 53 bits, for which `0.1 + 0.2` is not `0.3`.

use regorus::Value;

use super::super::meter::round;

/// Digits of a decimal that 53 bits hold whatever they are: one of more came of a calculation, and is taken for the number that it is.
const DIGITS: usize = 15;
/// The largest power of ten by which a decimal is read without rounding twice.
const TENS: u32 = 27;
/// Bits of a step.
const BITS: u32 = 64;
/// The engine's bits.
const ENGINE: u32 = 53;
/// Numbers that are not whole and written without an exponent, once they were reckoned.
const PLAIN: std::ops::Range<f64> = 1e-4..1e6;
/// Where the engine's whole numbers end.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// `mantissa * 2^exponent`; the highest bit of the mantissa is set but for zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Real {
    is_negative: bool,
    mantissa: u64,
    exponent: i32,
}

impl Real {
    pub(super) const ZERO: Real = Real { is_negative: false, mantissa: 0, exponent: 0 };

    /// `None` of numbers that are too long or too large for this.
    pub(super) fn of(value: &Value) -> Option<Real> {
        let Value::Number(number) = value else { return None };
        if is_whole(value) {
            let whole = number.as_i128()?;
            let magnitude = u64::try_from(whole.unsigned_abs()).ok()?;
            return Some(Real::rounded(whole < 0, u128::from(magnitude), 0, false, BITS));
        }
        let float = number.as_f64()?;
        Real::of_decimal(&format!("{float:e}")).or_else(|| Real::of_float(float))
    }

    /// Of a decimal with few digits: `1.5`, `1e-3`.
    fn of_decimal(text: &str) -> Option<Real> {
        let real = Real::of_text(text)?;
        let digits = text.split('e').next()?.bytes().filter(u8::is_ascii_digit).count();
        (digits <= DIGITS).then_some(real)
    }

    /// Of any decimal that can be read without rounding twice.
    pub(super) fn of_text(text: &str) -> Option<Real> {
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, power) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        let is_plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let digits: u128 = if is_plain { digits.parse().ok()? } else { return None };
        let power = power.parse::<i32>().ok()?.checked_sub(i32::try_from(fraction.len()).ok()?)?;
        if power.unsigned_abs() > TENS {
            return None;
        }
        let fives = 5_u128.pow(power.unsigned_abs());
        if digits == 0 {
            return Some(Real { is_negative, ..Real::ZERO });
        }
        if power >= 0 {
            let product = digits.checked_mul(fives)?;
            return Some(Real::rounded(is_negative, product, power, false, BITS));
        }
        let shift = digits.leading_zeros();
        let shifted = digits << shift;
        let is_rest = !shifted.is_multiple_of(fives);
        Some(Real::rounded(is_negative, shifted / fives, power - shift as i32, is_rest, BITS))
    }

    fn of_float(float: f64) -> Option<Real> {
        let bits = float.abs().to_bits();
        let exponent = i32::try_from(bits >> 52).ok()?;
        if exponent == 0 || exponent == 0x7ff {
            return None;
        }
        let mantissa = (bits & ((1 << 52) - 1)) | (1 << 52);
        Some(Real::rounded(float.is_sign_negative(), u128::from(mantissa), exponent - 1075, false, BITS))
    }

    /// Rounds to the nearest of so many bits, of two as near to the even one. `is_rest` says that there is more than the bits given.
    fn rounded(is_negative: bool, bits: u128, exponent: i32, is_rest: bool, wanted: u32) -> Real {
        if bits == 0 {
            return Real { is_negative, ..Real::ZERO };
        }
        let length = 128 - bits.leading_zeros();
        if length <= wanted {
            let shift = BITS - length;
            return Real { is_negative, mantissa: (bits as u64) << shift, exponent: exponent - shift as i32 };
        }
        let cut = length - wanted;
        let (mut kept, rest, half) = (bits >> cut, bits & ((1 << cut) - 1), 1_u128 << (cut - 1));
        if rest > half || (rest == half && (is_rest || kept & 1 == 1)) {
            kept += 1;
        }
        let mut exponent = exponent + cut as i32;
        if kept >> wanted != 0 {
            kept >>= 1;
            exponent += 1;
        }
        let shift = BITS - wanted;
        Real { is_negative, mantissa: (kept as u64) << shift, exponent: exponent - shift as i32 }
    }

    pub(super) fn plus(self, other: Real) -> Real {
        if self.mantissa == 0 || other.mantissa == 0 {
            return if self.mantissa == 0 { other } else { self };
        }
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        // Three bits are enough to round: the last of them says that there is more.
        let shift = large.exponent.abs_diff(small.exponent);
        let left = u128::from(large.mantissa) << 62;
        let whole = u128::from(small.mantissa) << 62;
        let moved = whole.checked_shr(shift).unwrap_or(0);
        let is_rest = moved.checked_shl(shift).is_none_or(|back| back != whole);
        let right = moved | u128::from(is_rest);
        let exponent = large.exponent - 62;
        if large.is_negative == small.is_negative {
            return Real::rounded(large.is_negative, left + right, exponent, false, BITS);
        }
        match left.checked_sub(right) {
            Some(0) => Real::ZERO,
            Some(rest) => Real::rounded(large.is_negative, rest, exponent, false, BITS),
            None => Real::rounded(small.is_negative, right - left, exponent, false, BITS),
        }
    }

    pub(super) fn minus(self, other: Real) -> Real {
        self.plus(Real { is_negative: !other.is_negative, ..other })
    }

    pub(super) fn times(self, other: Real) -> Real {
        self.times_to(other, BITS)
    }

    /// The product of `product`, which keeps 53 bits.
    pub(super) fn times_shortly(self, other: Real) -> Real {
        self.times_to(other, ENGINE)
    }

    fn times_to(self, other: Real, bits: u32) -> Real {
        let product = u128::from(self.mantissa) * u128::from(other.mantissa);
        let is_negative = self.is_negative != other.is_negative;
        Real::rounded(is_negative, product, self.exponent + other.exponent, false, bits)
    }

    /// `None` by zero.
    pub(super) fn over(self, other: Real) -> Option<Real> {
        let divisor = u128::from(other.mantissa);
        let dividend = u128::from(self.mantissa) << 64;
        let (quotient, rest) = (dividend.checked_div(divisor)?, dividend.checked_rem(divisor)? << 2);
        let bits = (quotient << 2) | (rest / divisor);
        let is_negative = self.is_negative != other.is_negative;
        let exponent = self.exponent - other.exponent - 66;
        Some(Real::rounded(is_negative, bits, exponent, rest % divisor != 0, BITS))
    }

    /// Without what stands behind the point.
    pub(super) fn whole(self) -> Option<i128> {
        let magnitude = match self.exponent {
            0.. => i128::from(self.mantissa).checked_mul(1_i128.checked_shl(self.exponent.unsigned_abs())?)?,
            _ => i128::from(self.mantissa.checked_shr(self.exponent.unsigned_abs()).unwrap_or(0)),
        };
        Some(if self.is_negative { -magnitude } else { magnitude })
    }

    /// As the engine has it; `None` where that is far from it: what is large and has more digits than the engine keeps.
    pub(super) fn value(self) -> Option<Value> {
        if self.mantissa == 0 {
            if self.is_negative {
                // OPA has `-0`.
                round(0.0);
            }
            return Some(Value::from(0));
        }
        let is_whole = self.exponent >= 0 || self.mantissa.trailing_zeros() >= self.exponent.unsigned_abs();
        if is_whole {
            let whole = self.whole()?;
            return Some(i64::try_from(whole).map_or_else(|_| Value::from(whole), Value::from));
        }
        let short = Real::rounded(self.is_negative, u128::from(self.mantissa), self.exponent, false, ENGINE);
        let magnitude = short.mantissa as f64 * f64::from(short.exponent).exp2();
        let is_told = short == self || magnitude < WHOLE;
        let number = if short.is_negative { -magnitude } else { magnitude };
        // OPA writes what is large or small with an exponent.
        if !self.is_decimal(number) || !PLAIN.contains(&magnitude) {
            round(number);
        }
        (is_told && magnitude.is_normal()).then(|| Value::from(number))
    }
}

impl Real {
    /// Whether it is what OPA reads of the digits that the engine prints.
    fn is_decimal(self, printed: f64) -> bool {
        Real::of_text(&format!("{printed:e}")).is_some_and(|read| read == self)
    }
}

/// Whether a number is one of the engine's whole ones.
pub(super) fn is_whole(value: &Value) -> bool {
    matches!(value, Value::Number(number) if number.is_integer())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(left: &str, step: fn(Real, Real) -> Real, right: &str, expected: &str) {
        let number = |text: &str| Value::from_json_str(text).expect("a number");
        let real = |text: &str| Real::of(&number(text)).expect("a number that fits");
        assert_eq!(step(real(left), real(right)).value(), Some(number(expected)), "{left} {right}");
    }

    /// As OPA 1.22.3 answers.
    #[test]
    fn steps_are_rounded_to_64_bits() {
        check("0.1", Real::plus, "0.2", "0.3");
        check("0.3", Real::minus, "0.1", "0.2");
        check("3", Real::times, "0.1", "0.3");
        check("1.1", Real::times, "1.1", "1.21");
        check("0.3", |left, right| left.over(right).expect("not zero"), "0.1", "3");
        check("0.7", Real::minus, "0.7", "0");
        check("-0.5", Real::plus, "0.25", "-0.25");
        check("1e-9", Real::plus, "1", "1.000000001");
        check("100", Real::times, "1.15", "115");
        check("4.35", Real::times, "100", "435");
    }

    #[test]
    fn what_cannot_be_held_is_nothing() {
        let large = Real::of(&Value::from(9_007_199_254_740_993_u64)).expect("a number");
        let half = Real::of(&Value::from(0.5)).expect("a number");
        assert_eq!(large.plus(half).value(), None);
        assert_eq!(Real::of_text("1e99"), None);
        assert_eq!(half.over(Real::ZERO), None);
    }
}
