import Access
import Administration

extension Law<AsWritten> {
  /// The words for what becomes another of a law; for a new law the words for all of it.
  func words(_ before: Law<AsWritten>?) -> [FieldChange] {
    var words = Words()
    let (was, `is`) = (before.map { LawWords($0, mostNamed: .max) }, LawWords(self, mostNamed: .max))
    words.add("name", before?.name.text, before == nil ? nil : name.text)
    words.add("rule", was?.rule, `is`.rule)
    words.add("reason", before?.reason.text, reason.text)
    words.add("mode", before?.mode.rawValue, mode.rawValue)
    words.add("except", was?.exceptions, `is`.exceptions)
    return words.fields
  }
}
