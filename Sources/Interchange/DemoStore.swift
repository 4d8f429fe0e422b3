package import Administration

/// The Business Central case, to look around in.
package enum DemoStore {
  /// Fills an empty store.
  package static func fill(_ administration: Administration) throws {}
}
