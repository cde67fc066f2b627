namespace Hub.Client;

/// <summary>A programme that measures something.</summary>
/// <param name="Name">Resource name, <c>instruments/{instrument}</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="Publisher">Who publishes or runs it, and where it is described.</param>
/// <param name="Licence">Licence of its figures.</param>
/// <param name="Version">Version in force, from 1.</param>
public sealed record Instrument(string Name, LocalizedText Title, string Publisher, string Licence, int Version);
