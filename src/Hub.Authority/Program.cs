using Hub.Authority;
using Microsoft.Extensions.Options;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddHubAuthority();
    var app = builder.Build();
    app.MapHubAuthority();
    app.Run();
    return 0;
}
catch (OptionsValidationException e)
{
    // The operator's mistake, not the program's: what is wrong and where, without a stack trace.
    Console.Error.WriteLine(string.Join('\n', e.Failures.Prepend("The configuration has mistakes:")));
    return 1;
}
