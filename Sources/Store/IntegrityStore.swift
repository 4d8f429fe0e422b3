package import Access

/// Whether what is stored is as popsec writes it. It takes as long as the store is large.
package protocol IntegrityReading {
  /// What is damaged, in words; empty where nothing is.
  func damages() throws -> [String]
  /// How many grants of living subjects name what left the catalogue.
  func danglingGrantCount() throws -> Int
  /// The keys of living users, as they are stored.
  func allPublicKeys() throws -> [(user: Name, line: String)]
}
