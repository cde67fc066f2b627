namespace Hub.Client;

/// <summary>An erasure that an administration asked for and that waits for an operator.</summary>
/// <param name="Administration"><c>administrations/{code}</c></param>
/// <param name="Collection"><c>instruments/{instrument}/periods/{period}</c></param>
/// <param name="RequestTime">When it was asked for.</param>
public sealed record Erasure(string Administration, string Collection, DateTimeOffset? RequestTime);
