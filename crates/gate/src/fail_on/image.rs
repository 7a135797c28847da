//! Conditions on what the bytes of an image are spent on.
//!
//! dive's three rules, by its own figures and with its own comparisons, which are strict (`cmd/dive/cli/internal/command/ci/rules.go`);
//! and the exact bytes beside them.

use std::fmt;
use std::str::FromStr;

use model::{Efficiency, Target, TargetKind, WasteCause};

use super::FailOnError;

/// One thing to hold of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ImageTerm {
    /// dive's efficiency is lower; in millionths.
    Efficiency(u32),
    /// dive's wasted bytes are more.
    Wasted(Bytes),
    /// dive's wasted bytes to those of all layers but the first are more; in millionths.
    WastedRatio(u32),
    /// The bytes it could do without, exactly, are more.
    Reclaimable(Bytes),
    /// Those of them that have one cause are more.
    Caused(WasteCause, Bytes),
}

/// Bytes as somebody wrote them: a number of units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bytes {
    number: u64,
    /// A place in [`UNITS`].
    unit: usize,
}

/// Names and sizes of units; `MB` is a million, as dive has it.
const UNITS: [(&str, u64); 8] = [
    ("", 1),
    ("B", 1),
    ("KB", 1000),
    ("MB", 1_000_000),
    ("GB", 1_000_000_000),
    ("KiB", 1 << 10),
    ("MiB", 1 << 20),
    ("GiB", 1 << 30),
];

/// What a condition says of one target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// It fails, and the figures that say so.
    Fails(String),
    /// It does not.
    Holds,
    /// It cannot be told, and why.
    Unknown(&'static str),
}

impl ImageTerm {
    /// What it says of a target.
    pub(crate) fn ask(self, target: &Target) -> Answer {
        if target.kind != TargetKind::Image {
            return Answer::Unknown("it is no image");
        }
        let Some(efficiency) = &target.efficiency else {
            return Answer::Unknown("nothing of its layers was read");
        };
        let is_met = match self {
            ImageTerm::Efficiency(bound) => millionths(efficiency.dive.efficiency) < f64::from(bound),
            ImageTerm::Wasted(bound) => efficiency.dive.wasted_bytes > bound.get(),
            ImageTerm::Reclaimable(bound) => efficiency.reclaimable_bytes > bound.get(),
            ImageTerm::Caused(cause, bound) => efficiency.bytes_of(cause) > bound.get(),
            ImageTerm::WastedRatio(bound) => match efficiency.dive.user_wasted_ratio {
                Some(ratio) => millionths(ratio) > f64::from(bound),
                None => return Answer::Unknown("it has one layer, and nothing that was put on it"),
            },
        };
        if is_met { Answer::Fails(self.figures(efficiency)) } else { Answer::Holds }
    }

    /// The figure that was asked for, and the exact bytes.
    fn figures(self, efficiency: &Efficiency) -> String {
        let dive = &efficiency.dive;
        let total = efficiency.total_bytes;
        let exact = format!("{} of {total} bytes could be reclaimed", efficiency.reclaimable_bytes);
        match self {
            ImageTerm::Efficiency(_) => format!("its efficiency is {:.4}, {exact}", dive.efficiency),
            ImageTerm::Wasted(_) => format!("dive counts {} wasted bytes, {exact}", dive.wasted_bytes),
            ImageTerm::WastedRatio(_) => {
                format!("dive's ratio of wasted bytes is {:.4}, {exact}", dive.user_wasted_ratio.unwrap_or_default())
            }
            ImageTerm::Reclaimable(_) => exact,
            ImageTerm::Caused(cause, _) => {
                format!("{} of {total} bytes have the cause {}", efficiency.bytes_of(cause), cause.name())
            }
        }
    }

    /// Whether a word is meant as one of these, right or wrong.
    pub(super) fn is_meant(text: &str) -> bool {
        let causes = WasteCause::ALL.map(WasteCause::name).into_iter();
        ["efficiency", "wasted", "reclaimable"].into_iter().chain(causes).any(|name| text.starts_with(name))
    }
}

fn millionths(share: f64) -> f64 {
    // As precise as the bound, so that 0.9 is not below 0.9.
    (share * 1_000_000.0).round()
}

impl Bytes {
    fn get(self) -> u64 {
        self.number.saturating_mul(UNITS[self.unit].1)
    }
}

impl FromStr for ImageTerm {
    type Err = FailOnError;

    fn from_str(text: &str) -> Result<ImageTerm, FailOnError> {
        let fault = || FailOnError(text.to_owned());
        let split = |sign: char| text.split_once(sign).map(|(name, bound)| (name.trim_end(), bound.trim_start()));
        if let Some(("efficiency", bound)) = split('<') {
            return share(bound).filter(|bound| *bound <= 1_000_000).map(ImageTerm::Efficiency).ok_or_else(fault);
        }
        let (name, bound) = split('>').ok_or_else(fault)?;
        match name {
            "wasted" => bound.parse().map(ImageTerm::Wasted).map_err(|()| fault()),
            "reclaimable" => bound.parse().map(ImageTerm::Reclaimable).map_err(|()| fault()),
            "wasted-ratio" => share(bound).map(ImageTerm::WastedRatio).ok_or_else(fault),
            _ => {
                let cause = WasteCause::ALL.into_iter().find(|cause| cause.name() == name).ok_or_else(fault)?;
                bound.parse().map(|bound| ImageTerm::Caused(cause, bound)).map_err(|()| fault())
            }
        }
    }
}

/// A number in millionths. A ratio of wasted bytes may be above 1.
fn share(text: &str) -> Option<u32> {
    let number: f64 = text.parse().ok()?;
    (0.0..=1000.0).contains(&number).then(|| (number * 1_000_000.0).round() as u32)
}

impl FromStr for Bytes {
    type Err = ();

    fn from_str(text: &str) -> Result<Bytes, ()> {
        let end = text.find(|character: char| !character.is_ascii_digit()).unwrap_or(text.len());
        let (number, unit) = text.split_at(end);
        let unit = unit.trim_start();
        let unit = UNITS.iter().position(|(name, _)| name.eq_ignore_ascii_case(unit)).ok_or(())?;
        Ok(Bytes { number: number.parse().map_err(|_| ())?, unit })
    }
}

impl fmt::Display for ImageTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |bound: u32| f64::from(bound) / 1_000_000.0;
        match self {
            ImageTerm::Efficiency(bound) => write!(f, "efficiency<{}", share(*bound)),
            ImageTerm::Wasted(bound) => write!(f, "wasted>{bound}"),
            ImageTerm::WastedRatio(bound) => write!(f, "wasted-ratio>{}", share(*bound)),
            ImageTerm::Reclaimable(bound) => write!(f, "reclaimable>{bound}"),
            ImageTerm::Caused(cause, bound) => write!(f, "{}>{bound}", cause.name()),
        }
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.number, UNITS[self.unit].0)
    }
}
