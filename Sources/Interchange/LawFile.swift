package import Access
import Administration
import Store

/// One law alone in a file, as an entry of the section `laws` of a security file.
package enum LawFile {
  /// The most bytes that such a file may have.
  package static let maximumByteCount = 16 << 20

  /// Reads a law in YAML 1.2 or JSON, in UTF-8.
  ///
  /// Errors: all that is wrong with the law, with the places.
  package static func parse(_ bytes: [UInt8], named name: String) throws(SecurityFileErrors) -> Law<AsWritten>
  {
    let problems = Problems()
    let read = bytes.withUnsafeBufferPointer { law(SecurityFile.events(of: $0, named: name), problems) }
    guard let read, problems.list.isEmpty else {
      let unknown = FileProblem("this can't be read as a law", at: .start)
      throw SecurityFileErrors(
        fileName: name, problems: problems.list.isEmpty ? [unknown] : problems.list)
    }
    return read
  }

  private static func law(_ events: (any FileEvents)?, _ problems: Problems) -> Law<AsWritten>? {
    guard let events else { return nil }
    let composer = Composer(events, problems)
    do throws(SyntaxError) {
      let root = try composer.next()
      guard case .mappingStart = root.event else {
        problems.add(
          "a file with a law is a mapping", at: root.position,
          hint: "begin with name:, as an entry of laws in a security file; popsec law show prints one")
        return nil
      }
      let node = try composer.entry(root)
      guard case .end = try composer.next().event else { return nil }
      return Decoder(problems, of: "a law").law(node)?.law
    } catch {
      problems.add(error.problem)
      return nil
    }
  }
}

extension Law<AsWritten> {
  /// The law as an entry of a security file.
  package var entry: DocumentValue { EntryOutput(titles: NameBook()).law(self) }
}
