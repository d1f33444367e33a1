public import ArgumentParser
public import Siprecap

// Choices of the façade under the words that users type.

extension Options.Audio.Concealment: ExpressibleByArgument {}
extension Options.Audio.DriftCorrection: ExpressibleByArgument {}
extension Options.Audio.Format: ExpressibleByArgument {}
extension Options.Audio.Mix: ExpressibleByArgument {}
extension Options.Audio.Timeline: ExpressibleByArgument {}
extension Options.Files.VCon: ExpressibleByArgument {}
extension Options.Keys.Engine: ExpressibleByArgument {}
extension Options.Selection.Grouping: ExpressibleByArgument {}
