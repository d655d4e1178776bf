//! Reads amounts as people write them: bytes (`512MiB`) and times (`30d`).

use std::time::Duration;

/// Reads a number of bytes: `450MB`, `512 MiB`, `2g`; a bare number counts `bare` bytes each.
///
/// Units are powers of 1000, with an `i` powers of 1024, in any case; a fraction such as `1.5GB` may be given.
pub fn parse_bytes(text: &str, bare: u64) -> Option<u64> {
    let text = text.trim().to_ascii_lowercase();
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let (number, unit) = text.split_at_checked(digits)?;
    let unit = match unit.trim() {
        "" => bare,
        "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return None,
    };
    if let Ok(whole) = number.parse::<u64>() {
        return whole.checked_mul(unit);
    }
    let number: f64 = number.parse().ok()?;
    Some((number * unit as f64) as u64)
}

/// Reads a time: `30d`, `2w`, `720h`, `1h30m`, `90s`.
pub fn parse_age(text: &str) -> Option<Duration> {
    let mut rest = text.trim();
    let mut seconds = 0_u64;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit())?;
        let (number, behind) = rest.split_at_checked(digits)?;
        let unit = behind.chars().next()?;
        let unit_seconds = match unit {
            'w' => 7 * 86_400,
            'd' => 86_400,
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        seconds = seconds.checked_add(number.parse::<u64>().ok()?.checked_mul(unit_seconds)?)?;
        rest = behind.get(1..)?;
    }
    (!text.trim().is_empty()).then(|| Duration::from_secs(seconds))
}

/// Writes a number of bytes for people: `870 bytes`, `3.4 MB`.
pub fn bytes_in_words(bytes: u64) -> String {
    let units = [(1_000_000_000_u64, "GB"), (1_000_000, "MB"), (1_000, "kB")];
    match units.into_iter().find(|(unit, _)| bytes >= *unit) {
        Some((unit, name)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_read_in_every_unit() {
        let table = [
            ("512MiB", Some(512 << 20)),
            ("450 mb", Some(450_000_000)),
            ("2GB", Some(2_000_000_000)),
            ("1.5g", Some(1_500_000_000)),
            ("300", Some(300_000_000)),
            ("7b", Some(7)),
            ("", None),
            ("x", None),
            ("-1", None),
            ("5 apples", None),
            ("99999999999999999999GB", Some(u64::MAX)),
            ("99999999999TB", None),
        ];
        for (text, bytes) in table {
            assert_eq!(parse_bytes(text, 1_000_000), bytes, "`{text}`");
        }
    }

    #[test]
    fn times_are_read_in_parts() {
        let table = [
            ("30d", Some(30 * 86_400)),
            ("720h", Some(30 * 86_400)),
            ("1h30m", Some(5_400)),
            ("2w", Some(14 * 86_400)),
            ("90s", Some(90)),
            ("", None),
            ("30", None),
            ("d", None),
            ("-1", None),
            ("3 d", None),
            ("99999999999999w", None),
        ];
        for (text, seconds) in table {
            assert_eq!(parse_age(text), seconds.map(Duration::from_secs), "`{text}`");
        }
    }

    #[test]
    fn bytes_are_told_in_the_unit_that_fits() {
        let table =
            [(870, "870 bytes"), (1_000, "1.0 kB"), (3_456_789, "3.4 MB"), (12_000_000_000, "12.0 GB")];
        for (bytes, words) in table {
            assert_eq!(bytes_in_words(bytes), words);
        }
    }
}
