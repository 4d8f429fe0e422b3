extension [Double] {
  /// The value that this part of all values does not exceed; 0.5 gives the median. Nil where there is no
  /// value.
  func percentile(_ part: Double) -> Double? {
    guard !isEmpty else { return nil }
    let sorted = sorted()
    return sorted[Swift.min(count - 1, Int(Double(count) * part))]
  }

  var median: Double? { percentile(0.5) }
}

/// A number for a table, with three significant digits.
func shown(_ value: Double?) -> String {
  guard let value else { return "–" }
  if value >= 99.5 { return String(Int(value.rounded())) }
  let decimals = value >= 9.95 ? 1 : 2
  let scale = decimals == 1 ? 10.0 : 100.0
  let whole = Int((value * scale).rounded())
  let fraction = String(whole % Int(scale))
  return "\(whole / Int(scale))." + String(repeating: "0", count: decimals - fraction.count) + fraction
}
