using Hub.Authority;

var builder = WebApplication.CreateBuilder(args);
builder.AddHubAuthority();
var app = builder.Build();
app.MapHubAuthority();
app.Run();
