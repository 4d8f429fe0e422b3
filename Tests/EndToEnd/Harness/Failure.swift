/// Why a test can't go on.
struct Failure: Error, CustomStringConvertible {
  let description: String

  /// Whatever Token ID the text holds is masked.
  init(_ text: String) { description = Secrets.masked(text) }
}
