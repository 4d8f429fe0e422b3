/// Puts lists whose published names are paths into groups by these.
enum OpenAPIGroups {
  /// All paths begin alike up to some segment, as with a version; the next one that is no parameter is a list's
  /// group. What has none is in no group.
  static func assignPaths(to lists: inout [ListEntry<Spot<String>>]) {
    let paths = lists.map { $0.named.value.split(separator: "/") }
    guard let first = paths.first else { return }
    // One segment of each is left to tell them apart.
    let shortest = (paths.map(\.count).min() ?? 0) - 1
    let common = first.indices.first { index in
      index >= shortest || isParameter(first[index]) || paths.contains { $0[index] != first[index] }
    }
    for index in lists.indices {
      lists[index].group = paths[index].dropFirst(common ?? 0).first { !isParameter($0) }.map(String.init)
    }
  }

  private static func isParameter(_ segment: Substring) -> Bool { segment.contains("{") }
}
